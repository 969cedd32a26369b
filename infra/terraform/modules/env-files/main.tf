data "aws_caller_identity" "me" {}

# Refuses what must not be uploaded: then nothing is planned, and so nothing applied.
data "external" "check" {
  # The Node that this repository is installed with: one that reads TypeScript.
  program = ["${path.module}/../../../../node_modules/.bin/node", "${path.module}/check-env-files.ts"]
  query   = { folder = abspath(var.folder), taken = jsonencode(var.taken) }
}

locals {
  # By process, the text that was checked: a file that is changed between check and upload is uploaded as it was.
  files = data.external.check.result
}

resource "aws_s3_bucket" "this" {
  bucket = "${var.name}-env-files-${data.aws_caller_identity.me.account_id}"
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = aws_s3_bucket.this.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    id     = "versions"
    status = "Enabled"

    filter {
      prefix = ""
    }

    noncurrent_version_expiration {
      noncurrent_days = var.kept_versions_days
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}

data "aws_iam_policy_document" "tls" {
  statement {
    sid       = "TlsAlone"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id
  policy = data.aws_iam_policy_document.tls.json

  depends_on = [aws_s3_bucket_public_access_block.this]
}

# ECS reads names that end in .env alone.
resource "aws_s3_object" "file" {
  for_each = local.files

  bucket                 = aws_s3_bucket.this.id
  key                    = "${each.key}.env"
  content                = each.value
  content_type           = "text/plain"
  server_side_encryption = "aws:kms"
  kms_key_id             = var.kms_key_arn

  depends_on = [aws_s3_bucket_versioning.this, aws_s3_bucket_public_access_block.this]
}

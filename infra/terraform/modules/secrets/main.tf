data "aws_caller_identity" "me" {}

data "aws_region" "here" {}

data "aws_iam_policy_document" "key" {
  statement {
    sid       = "AccountDecides"
    actions   = ["kms:*"]
    resources = ["*"] # Of a key's policy: this key.

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.me.account_id}:root"]
    }
  }

  statement {
    sid       = "Logs"
    actions   = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["logs.${data.aws_region.here.region}.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "kms:EncryptionContext:aws:logs:arn"
      values   = ["arn:aws:logs:${data.aws_region.here.region}:${data.aws_caller_identity.me.account_id}:*"]
    }
  }

  statement {
    sid       = "CloudFrontReadsFiles"
    actions   = ["kms:Decrypt"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["cloudfront.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "AWS:SourceArn"
      values   = ["arn:aws:cloudfront::${data.aws_caller_identity.me.account_id}:distribution/*"]
    }
  }

  # Alarms go to an encrypted topic.
  statement {
    sid       = "Alarms"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.me.account_id]
    }
  }
}

# One key for what is at rest: secrets, database, files, logs.
resource "aws_kms_key" "this" {
  description             = "What ${var.name} keeps"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.key.json
}

resource "aws_kms_alias" "this" {
  name          = "alias/${var.name}"
  target_key_id = aws_kms_key.this.key_id
}

# Made by `make-keys` before the first apply.
data "aws_secretsmanager_secret" "keys" {
  name = "${var.name}/keys"
}

ephemeral "aws_secretsmanager_secret_version" "keys" {
  secret_id = data.aws_secretsmanager_secret.keys.arn
}

# Each run makes some; they are kept where passwords_version has grown.
ephemeral "aws_secretsmanager_random_password" "made" {
  for_each = setunion(var.services, ["owner"])

  password_length     = 40
  exclude_punctuation = true
}

resource "aws_secretsmanager_secret" "passwords" {
  name                    = "${var.name}/passwords"
  description             = "Of the database's roles; read by Terraform alone"
  kms_key_id              = aws_kms_key.this.arn
  recovery_window_in_days = var.recovery_days
}

resource "aws_secretsmanager_secret_version" "passwords" {
  secret_id                = aws_secretsmanager_secret.passwords.id
  secret_string_wo         = jsonencode({ for name, made in ephemeral.aws_secretsmanager_random_password.made : name => made.random_password })
  secret_string_wo_version = var.passwords_version
}

ephemeral "aws_secretsmanager_secret_version" "passwords" {
  secret_id = aws_secretsmanager_secret_version.passwords.secret_id
}

# Made once: Amazon MQ sets the password of a RabbitMQ account when the broker is made, and never again.
ephemeral "aws_secretsmanager_random_password" "broker" {
  password_length     = 40
  exclude_punctuation = true
}

resource "aws_secretsmanager_secret" "broker" {
  name                    = "${var.name}/broker"
  description             = "Of the broker's account; read by Terraform and CloudFormation"
  kms_key_id              = aws_kms_key.this.arn
  recovery_window_in_days = var.recovery_days
}

resource "aws_secretsmanager_secret_version" "broker" {
  secret_id                = aws_secretsmanager_secret.broker.id
  secret_string_wo         = jsonencode({ password = ephemeral.aws_secretsmanager_random_password.broker.random_password })
  secret_string_wo_version = 1
}

ephemeral "aws_secretsmanager_secret_version" "broker" {
  secret_id = aws_secretsmanager_secret_version.broker.secret_id
}

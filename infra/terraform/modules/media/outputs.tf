output "bucket" {
  description = "The bucket's name."
  value       = aws_s3_bucket.this.id
}

output "cdn_url" {
  description = "Where browsers read files that are published."
  value       = "https://${aws_cloudfront_distribution.this.domain_name}"
}

output "cdn_key_id" {
  description = "By which CloudFront knows the key that signs."
  value       = aws_cloudfront_public_key.this[sha256(var.cdn_public_keys[0])].id
}

output "origin" {
  description = "Where browsers send files to, and fetch archives from."
  value       = "https://${aws_s3_bucket.this.bucket_regional_domain_name}"
}

output "task_policy" {
  description = "What the media service's task may do, as a policy."
  value       = data.aws_iam_policy_document.task.json
}

output "bucket" {
  description = "The bucket's name."
  value       = aws_s3_bucket.this.id
}

output "origin" {
  description = "Where browsers send files to and read them from."
  value       = "https://${aws_s3_bucket.this.bucket_regional_domain_name}"
}

output "task_policy" {
  description = "What the media service's task may do, as a policy."
  value       = data.aws_iam_policy_document.task.json
}

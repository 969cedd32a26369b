output "arns" {
  description = "The files of each process that has one, for its `environmentFiles`."
  value       = { for name, object in aws_s3_object.file : name => [object.arn] }
}

output "hashes" {
  description = "What the files hold, in short: tasks are replaced where it changes, since ECS reads them at start alone."
  value       = { for name, text in local.files : name => sha256(text) }
}

output "bucket" {
  description = "The bucket's name."
  value       = aws_s3_bucket.this.id
}

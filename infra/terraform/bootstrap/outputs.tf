output "state_bucket" {
  description = "For terraform init of the environments."
  value       = aws_s3_bucket.state.id
}

output "repository" {
  description = "Where the image of the services is pushed to."
  value       = aws_ecr_repository.services.repository_url
}

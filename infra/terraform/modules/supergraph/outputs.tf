output "bucket" {
  description = "The bucket's name."
  value       = aws_s3_bucket.this.id
}

output "url" {
  description = "What gateways ask for the supergraph."
  value       = "https://${aws_s3_bucket.this.id}.s3.${data.aws_region.here.region}.amazonaws.com/current.graphql"
}

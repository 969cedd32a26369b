output "vpc_id" {
  description = "The network."
  value       = aws_vpc.this.id
}

output "cidr" {
  description = "Its addresses."
  value       = aws_vpc.this.cidr_block
}

output "public_subnet_ids" {
  description = "Where the load balancer stands, one in each zone."
  value       = aws_subnet.public[*].id
}

output "private_subnet_ids" {
  description = "Where everything else stands, one in each zone."
  value       = aws_subnet.private[*].id
}

output "s3_endpoint_id" {
  description = "The endpoint through which S3 is reached."
  value       = aws_vpc_endpoint.s3.id
}

variable "name" {
  description = "What everything is named after, such as socialhub-staging."
  type        = string
}

variable "s3_endpoint_id" {
  description = "The network's endpoint of S3, through which gateways read."
  type        = string
}

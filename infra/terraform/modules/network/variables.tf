variable "name" {
  description = "What everything is named after, such as socialhub-staging."
  type        = string
}

variable "cidr" {
  description = "Addresses of the network; a /16 is enough for all three zones."
  type        = string
  default     = "10.20.0.0/16"

  validation {
    condition     = can(cidrhost(var.cidr, 0)) && tonumber(split("/", var.cidr)[1]) <= 20
    error_message = "Must be an IPv4 range of /20 or larger."
  }
}

variable "nat_gateways" {
  description = "How many zones have a way out of their own (mail goes there): 1 is cheaper, 3 outlives a zone."
  type        = number
  default     = 1

  validation {
    condition     = contains([1, 2, 3], var.nat_gateways)
    error_message = "Must be 1, 2 or 3."
  }
}

variable "interface_endpoints" {
  description = "Services of AWS that are reached inside the network, so that images, logs and secrets do not pass the way out."
  type        = set(string)
  default     = ["ecr.api", "ecr.dkr", "logs", "secretsmanager"]
}

variable "endpoint_zones" {
  description = "In how many zones those endpoints stand; each costs by the hour."
  type        = number
  default     = 3

  validation {
    condition     = contains([1, 2, 3], var.endpoint_zones)
    error_message = "Must be 1, 2 or 3."
  }
}

variable "log_retention_days" {
  description = "How long it is kept who connected to whom within the network."
  type        = number
  default     = 30
}

variable "kms_key_arn" {
  description = "The key that encrypts those logs."
  type        = string
}

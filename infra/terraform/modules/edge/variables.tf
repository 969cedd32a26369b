variable "name" {
  description = "What everything is named after, such as socialhub-staging."
  type        = string
}

variable "domain" {
  description = "The gateway's domain, such as api.hub.example."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.domain))
    error_message = "Must be a domain in lower case."
  }
}

variable "zone_id" {
  description = "The hosted zone of Route 53 that the domain is in."
  type        = string
}

variable "vpc_id" {
  description = "The network."
  type        = string
}

variable "subnet_ids" {
  description = "Public subnets, in two zones at least."
  type        = list(string)
}

variable "target_security_group_id" {
  description = "The gateway's group, which the balancer may reach."
  type        = string
}

variable "target_port" {
  description = "Where the gateway listens."
  type        = number
}

variable "idle_seconds" {
  description = "How long a connection may be silent. Above the sockets' pings, so that the balancer cuts none, and below the 65 seconds of the gateway: who closes first must be the balancer, which would else send a request over a connection that is being closed."
  type        = number
  default     = 60

  validation {
    condition     = var.idle_seconds >= 30 && var.idle_seconds <= 60
    error_message = "Must be from 30 to 60."
  }
}

variable "requests_per_address" {
  description = "Requests of one address in five minutes; above, WAF answers 403. The gateway has finer limits of its own."
  type        = number
  default     = 60000

  validation {
    condition     = var.requests_per_address >= 100
    error_message = "Must be 100 or more."
  }
}

variable "deletion_protection" {
  description = "Refuses to be destroyed."
  type        = bool
  default     = true
}

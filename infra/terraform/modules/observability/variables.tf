variable "name" {
  description = "What everything is named after, such as socialhub-staging."
  type        = string
}

variable "processes" {
  description = "Whoever writes a log."
  type        = set(string)
}

variable "watched" {
  description = "Those of them that run always, by name: an alarm tells when fewer tasks run than this."
  type        = map(number)
}

variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = 30

  validation {
    condition     = contains([7, 14, 30, 60, 90, 180, 365], var.log_retention_days)
    error_message = "Must be 7, 14, 30, 60, 90, 180 or 365."
  }
}

variable "kms_key_arn" {
  description = "The key that encrypts logs and alarms."
  type        = string
}

variable "alarm_email" {
  description = "Who is told; has to confirm the first mail."
  type        = string

  validation {
    condition     = can(regex("^[^@\\s]+@[^@\\s]+$", var.alarm_email))
    error_message = "Must be an address."
  }
}

variable "cluster_name" {
  description = "The cluster of ECS."
  type        = string
}

variable "load_balancer_name" {
  description = "The load balancer, as its metrics name it."
  type        = string
}

variable "target_group_name" {
  description = "The gateway's group of targets, as metrics name it."
  type        = string
}

variable "database_identifiers" {
  description = "Instances of RDS, by name."
  type        = map(string)
}

variable "broker_name" {
  description = "The broker."
  type        = string
}

variable "slo" {
  description = "What is promised: errors of all requests in percent, and the seconds within which 99 of 100 are answered."
  type        = object({ error_percent = number, p99_seconds = number })
  default     = { error_percent = 0.1, p99_seconds = 1 }
}

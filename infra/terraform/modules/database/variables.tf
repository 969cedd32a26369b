variable "name" {
  description = "What everything is named after, such as socialhub-staging."
  type        = string
}

variable "vpc_id" {
  description = "The network."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets, in two zones at least."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "RDS needs subnets in two zones."
  }
}

variable "client_security_group_ids" {
  description = "Who may connect, by a name that stays."
  type        = map(string)
}

variable "services" {
  description = "The subgraphs: each has a database of its own, made by the preparation."
  type        = set(string)
}

variable "separate_services" {
  description = "Those whose database has an instance of its own; all others share one."
  type        = set(string)
  default     = []

  validation {
    condition     = length(setsubtract(var.separate_services, var.services)) == 0
    error_message = "Must name services."
  }
}

variable "postgres_version" {
  description = "Major version of PostgreSQL."
  type        = number
  default     = 18

  validation {
    condition     = var.postgres_version >= 17
    error_message = "Must be 17 or later."
  }
}

variable "instance_class" {
  description = "Size of an instance."
  type        = string
  default     = "db.t4g.medium"

  validation {
    condition     = startswith(var.instance_class, "db.")
    error_message = "Must be a class of RDS, such as db.m7g.large."
  }
}

variable "storage_gb" {
  description = "Storage at first; it grows by itself up to five times that."
  type        = number
  default     = 50

  validation {
    condition     = var.storage_gb >= 20
    error_message = "Must be 20 or more."
  }
}

variable "multi_az" {
  description = "A standby in another zone that takes over within a minute or two."
  type        = bool
  default     = true
}

variable "read_replicas" {
  description = "Replicas of the shared instance. Nothing reads from them by itself: for reports and for what comes."
  type        = number
  default     = 0

  validation {
    condition     = var.read_replicas >= 0 && var.read_replicas <= 5
    error_message = "Must be from 0 to 5."
  }
}

variable "backup_days" {
  description = "How far back any second can be restored."
  type        = number
  default     = 14

  validation {
    condition     = var.backup_days >= 1 && var.backup_days <= 35
    error_message = "Must be from 1 to 35."
  }
}

variable "deletion_protection" {
  description = "Refuses to be destroyed, and leaves a last snapshot when it is."
  type        = bool
  default     = true
}

variable "kms_key_arn" {
  description = "The key that encrypts storage, backups and insights."
  type        = string
}

variable "passwords_secret_id" {
  description = "The secret that holds the owner's password."
  type        = string
}

variable "passwords_version" {
  description = "Of those passwords: where it grows, the owner's is set anew."
  type        = number
  default     = 1
}

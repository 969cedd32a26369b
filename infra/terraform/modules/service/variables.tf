variable "name" {
  description = "The process: gateway, auth, prepare ..."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z-]{1,20}$", var.name))
    error_message = "Must be a short name in lower case."
  }
}

variable "prefix" {
  description = "What everything is named after, such as socialhub-staging."
  type        = string
}

variable "image" {
  description = "The image of the services, best by its digest."
  type        = string
}

variable "command" {
  description = "What runs in it."
  type        = list(string)
}

variable "port" {
  description = "Where it listens; null: nowhere."
  type        = number
  default     = null
}

variable "runs_always" {
  description = "Whether it is a service; otherwise a task that somebody starts and that ends."
  type        = bool
  default     = true
}

variable "cpu" {
  description = "Units of CPU, 1024 to a core."
  type        = number
  default     = 512

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096, 8192, 16384], var.cpu)
    error_message = "Must be a size of Fargate."
  }
}

variable "memory" {
  description = "Memory in MB; for one core from 2048 to 8192."
  type        = number
  default     = 1024

  validation {
    condition     = var.memory % 512 == 0 && var.memory >= 2 * var.cpu && var.memory <= 8 * var.cpu
    error_message = "Must be a multiple of 512, from twice to eight times the units of CPU, as Fargate has it."
  }
}

variable "arm" {
  description = "Whether the image is for arm64, which is cheaper."
  type        = bool
  default     = false
}

variable "tasks" {
  description = "How many run at least and at most."
  type        = object({ min = number, max = number })
  default     = { min = 1, max = 4 }

  validation {
    condition     = var.tasks.min >= 1 && var.tasks.max >= var.tasks.min
    error_message = "Must be 1 or more, and max not below min."
  }
}

variable "cpu_target" {
  description = "Percent of CPU around which tasks are added and taken away."
  type        = number
  default     = 60
}

variable "sockets_per_task" {
  description = "Open connections of browsers that one task is to have; null: they do not count. Needs load_balancer."
  type        = number
  default     = null
}

variable "load_balancer" {
  description = "Where requests come from: the group of targets, and the balancer as its metrics name it."
  type        = object({ target_group_arn = string, metric_name = string })
  default     = null
}

variable "environment" {
  description = "Variables that are no secrets."
  type        = map(string)
  default     = {}
}

variable "secrets" {
  description = "Variables whose values ECS reads from Secrets Manager: `valueFrom` by name."
  type        = map(string)
  default     = {}
}

variable "secret_arn" {
  description = "The secret that those are in; the only one that may be read for this process."
  type        = string
}

variable "environment_files" {
  description = "Objects in S3 that hold more variables, of the operator (module env-files)."
  type        = list(string)
  default     = []
}

variable "kms_key_arn" {
  description = "The key that encrypts secrets and those files."
  type        = string
}

variable "task_policies" {
  description = "What the process itself may do in AWS, by name; most may do nothing."
  type        = map(string)
  default     = {}
}

variable "cluster" {
  description = "The cluster of ECS: its ARN and its name."
  type        = object({ arn = string, name = string })
}

variable "namespace_arn" {
  description = "Where the processes find each other."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets."
  type        = list(string)
}

variable "security_group_id" {
  description = "The group of this process."
  type        = string
}

variable "log_group" {
  description = "Where its log goes."
  type        = object({ name = string, arn = string })
}

variable "roll" {
  description = "Where this changes, the tasks are replaced: the version of the secrets, which ECS reads at start alone."
  type        = string
  default     = "1"
}

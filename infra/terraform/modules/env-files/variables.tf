variable "name" {
  description = "What everything is named after, such as socialhub-staging."
  type        = string
}

variable "folder" {
  description = "The folder that holds <process>.env files, such as gateway.env."
  type        = string
}

variable "taken" {
  description = "The variables of each process that Terraform sets itself: ECS would take them before those of a file."
  type        = map(list(string))
  default     = {}
}

variable "kms_key_arn" {
  description = "The key that encrypts the files."
  type        = string
}

variable "kept_versions_days" {
  description = "How long an earlier version of a file is kept."
  type        = number
  default     = 90
}

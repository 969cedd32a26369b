variable "account_id" {
  description = "The AWS account; anything else is refused."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "Must have twelve digits."
  }
}

variable "region" {
  description = "The region of AWS."
  type        = string
}

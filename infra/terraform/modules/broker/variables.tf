variable "name" {
  description = "What everything is named after, such as socialhub-staging."
  type        = string
}

variable "vpc_id" {
  description = "The network."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets; a single instance stands in the first of them."
  type        = list(string)
}

variable "client_security_group_ids" {
  description = "Who may connect, by a name that stays."
  type        = map(string)
}

variable "cluster" {
  description = "Three nodes in three zones; otherwise one, which is away while it is maintained (events wait in the databases)."
  type        = bool
  default     = true
}

variable "instance_type" {
  description = "Size of a node."
  type        = string
  default     = "mq.m7g.medium"

  validation {
    condition     = startswith(var.instance_type, "mq.m7g.")
    error_message = "RabbitMQ 4 runs on mq.m7g sizes."
  }
}

variable "rabbitmq_version" {
  description = "Version of RabbitMQ, without the last number: Amazon MQ takes the newest."
  type        = string
  default     = "4.2"

  validation {
    condition     = startswith(var.rabbitmq_version, "4.")
    error_message = "Must be RabbitMQ 4."
  }
}

variable "deletion_protection" {
  description = "Whether the broker, with the events in it, stays when its stack is destroyed."
  type        = bool
  default     = true
}

variable "secret_id" {
  description = "The ARN of the secret that holds the broker's password under `password`."
  type        = string
}

output "task_definition_arn" {
  description = "What runs, by its revision."
  value       = aws_ecs_task_definition.this.arn
}

output "task_role_arn" {
  description = "The role that the process has in AWS."
  value       = aws_iam_role.task.arn
}

output "variables" {
  description = "The names of the variables that it is given here."
  value       = sort(concat(keys(var.environment), keys(var.secrets)))
}

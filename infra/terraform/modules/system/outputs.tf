output "web_url" {
  description = "Where the web is."
  value       = module.web.url
}

output "gateway_url" {
  description = "Where the gateway is."
  value       = module.edge.url
}

output "prepare" {
  description = "The command that makes databases and roles and migrates; its log is in the group of `prepare`."
  value = join(" ", [
    "aws ecs run-task --launch-type FARGATE --cluster ${aws_ecs_cluster.this.name}",
    "--task-definition ${module.prepare.task_definition_arn}",
    "--network-configuration 'awsvpcConfiguration={subnets=[${join(",", module.network.private_subnet_ids)}],securityGroups=[${aws_security_group.process["prepare"].id}]}'",
  ])
}

output "dashboard" {
  description = "The dashboard in CloudWatch."
  value       = module.observability.dashboard
}

output "media_bucket" {
  description = "Where people's files are."
  value       = module.media.bucket
}

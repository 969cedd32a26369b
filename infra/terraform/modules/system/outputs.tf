output "web_url" {
  description = "Where the web is."
  value       = module.web.url
}

output "gateway_url" {
  description = "Where the gateway is."
  value       = module.edge.url
}

locals {
  run = "aws ecs run-task --launch-type FARGATE --cluster ${aws_ecs_cluster.this.name}"
  in_network = {
    for name in ["prepare", "auth"] : name =>
    "--network-configuration 'awsvpcConfiguration={subnets=[${join(",", module.network.private_subnet_ids)}],securityGroups=[${aws_security_group.process[name].id}]}'"
  }
  # Node reads a file of certificates.
  admin = join(" ", [
    "printenv CA_CERTIFICATES > /tmp/ca.pem;",
    "NODE_EXTRA_CA_CERTS=/tmp/ca.pem exec node infra/docker/admin.ts grant USERNAME",
  ])
  as_admin = jsonencode({ containerOverrides = [{ name = "auth", command = ["sh", "-c", local.admin] }] })
}

output "prepare" {
  description = "The command that makes databases and roles and migrates; its log is in the group of `prepare`."
  value       = "${local.run} --task-definition ${module.prepare.task_definition_arn} ${local.in_network.prepare}"
}

output "admin" {
  description = "The command that makes USERNAME an admin; what it says is in the log of `auth`."
  value       = "${local.run} --task-definition ${local.name}-auth ${local.in_network.auth} --overrides '${local.as_admin}'"
}

output "dashboard" {
  description = "The dashboard in CloudWatch."
  value       = module.observability.dashboard
}

output "media_bucket" {
  description = "Where people's files are."
  value       = module.media.bucket
}

output "supergraph_bucket" {
  description = "Where gateways take the supergraph from."
  value       = module.supergraph.bucket
}

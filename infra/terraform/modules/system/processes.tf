locals {
  sizes     = merge(var.service_sizes, { gateway = { cpu = var.gateway.cpu, memory = var.gateway.memory, min = var.gateway.min, max = var.gateway.max } })
  processes = setunion(local.services, ["gateway", "prepare"])
  commands = merge(
    { for name in local.services : name => ["node", "subgraphs/${name}/src/main.ts"] },
    { gateway = ["node", "gateway/src/main.ts"] },
  )
}

resource "aws_ecs_cluster" "this" {
  name = local.name

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_service_discovery_http_namespace" "this" {
  name        = local.name
  description = "Where the processes find each other"
}

module "service" {
  source   = "../service"
  for_each = var.prepared ? local.commands : {}

  name              = each.key
  prefix            = local.name
  image             = var.image
  command           = each.value
  port              = local.port
  cpu               = local.sizes[each.key].cpu
  memory            = local.sizes[each.key].memory
  arm               = var.arm
  tasks             = { min = local.sizes[each.key].min, max = local.sizes[each.key].max }
  load_balancer     = each.key == "gateway" ? module.edge.load_balancer : null
  sockets_per_task  = each.key == "gateway" ? var.gateway.sockets : null
  environment       = merge(contains(local.services, each.key) ? local.of_services : {}, lookup(local.of_one, each.key, {}))
  secrets           = module.secrets.values_from[each.key]
  secret_arn        = module.secrets.secret_arns[each.key]
  environment_files = lookup(module.env_files.arns, each.key, [])
  kms_key_arn       = module.secrets.kms_key_arn
  task_policies     = each.key == "media" ? { files = module.media.task_policy } : {}
  cluster           = { arn = aws_ecs_cluster.this.arn, name = aws_ecs_cluster.this.name }
  namespace_arn     = aws_service_discovery_http_namespace.this.arn
  subnet_ids        = module.network.private_subnet_ids
  security_group_id = aws_security_group.process[each.key].id
  log_group         = module.observability.log_groups[each.key]
  roll              = "${var.secrets_version} ${lookup(module.env_files.hashes, each.key, "")}"
}

# Databases, roles and migrations; started by hand or by a pipeline before the services of a new image.
module "prepare" {
  source = "../service"

  name              = "prepare"
  prefix            = local.name
  image             = var.image
  command           = ["node", "infra/docker/prepare.ts"]
  runs_always       = false
  cpu               = 512
  memory            = 1024
  arm               = var.arm
  environment       = local.of_one.prepare
  secrets           = module.secrets.values_from["prepare"]
  secret_arn        = module.secrets.secret_arns["prepare"]
  kms_key_arn       = module.secrets.kms_key_arn
  cluster           = { arn = aws_ecs_cluster.this.arn, name = aws_ecs_cluster.this.name }
  namespace_arn     = aws_service_discovery_http_namespace.this.arn
  subnet_ids        = module.network.private_subnet_ids
  security_group_id = aws_security_group.process["prepare"].id
  log_group         = module.observability.log_groups["prepare"]
}

data "aws_caller_identity" "me" {}

data "aws_region" "here" {}

locals {
  full_name = "${var.prefix}-${var.name}"

  container = {
    name                   = var.name
    image                  = var.image
    command                = var.command
    essential              = true
    user                   = "node"
    readonlyRootFilesystem = true
    stopTimeout            = 60
    environment            = [for name in sort(keys(var.environment)) : { name = name, value = var.environment[name] }]
    secrets                = [for name in sort(keys(var.secrets)) : { name = name, valueFrom = var.secrets[name] }]
    environmentFiles       = [for arn in var.environment_files : { type = "s3", value = arn }]
    # The image has /tmp as a volume of the user that it runs as.
    mountPoints     = [{ sourceVolume = "tmp", containerPath = "/tmp", readOnly = false }]
    linuxParameters = { initProcessEnabled = true, capabilities = { drop = ["ALL"] } }
    portMappings    = [for port in var.port[*] : { name = var.name, containerPort = port, protocol = "tcp" }]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        "awslogs-group"         = var.log_group.name
        "awslogs-region"        = data.aws_region.here.region
        "awslogs-stream-prefix" = var.name
        "mode"                  = "non-blocking"
        "max-buffer-size"       = "10m"
      }
    }
  }
  # Whether the process runs, not whether its database answers: ECS kills what is not healthy, and a database that is away for two
  # minutes would cost every task of every service at once. The balancer asks /readyz: it only waits.
  health = {
    healthCheck = {
      command     = ["CMD", "bash", "infra/docker/healthy.sh", tostring(coalesce(var.port, 1)), "/livez"]
      interval    = 30
      timeout     = 5
      retries     = 3
      startPeriod = 60
    }
  }
}

resource "aws_ecs_task_definition" "this" {
  family                   = local.full_name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = tostring(var.cpu)
  memory                   = tostring(var.memory)
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn
  container_definitions    = jsonencode([merge(local.container, var.port == null ? {} : local.health)])

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.arm ? "ARM64" : "X86_64"
  }

  volume {
    name = "tmp"
  }
}

resource "aws_ecs_service" "this" {
  count = var.runs_always ? 1 : 0

  name                               = var.name
  cluster                            = var.cluster.arn
  task_definition                    = aws_ecs_task_definition.this.arn
  desired_count                      = var.tasks.min
  launch_type                        = "FARGATE"
  platform_version                   = "LATEST"
  availability_zone_rebalancing      = "ENABLED"
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  health_check_grace_period_seconds  = var.load_balancer == null ? null : 60
  enable_execute_command             = false
  propagate_tags                     = "SERVICE"
  force_new_deployment               = true
  triggers                           = { roll = var.roll }

  # A version that does not become healthy is taken back.
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [var.security_group_id]
    assign_public_ip = false
  }

  # Found by its name. As TCP: WebSockets pass, and nothing is cut for being long.
  service_connect_configuration {
    enabled   = true
    namespace = var.namespace_arn

    service {
      port_name = var.name

      client_alias {
        dns_name = var.name
        port     = var.port
      }
    }
  }

  dynamic "load_balancer" {
    for_each = var.load_balancer[*]

    content {
      target_group_arn = load_balancer.value.target_group_arn
      container_name   = var.name
      container_port   = var.port
    }
  }

  lifecycle {
    ignore_changes = [desired_count]
  }
}

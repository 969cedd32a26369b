resource "aws_security_group" "this" {
  name        = "${var.name}-broker"
  description = "RabbitMQ"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-broker" }
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each = var.client_security_group_ids

  security_group_id            = aws_security_group.this.id
  description                  = "AMQP over TLS from ${each.key}"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 5671
  to_port                      = 5671

  tags = { Name = "${var.name}-broker-${each.key}" }
}

# By a stack of CloudFormation: there the password is a reference which AWS resolves itself. The resource aws_mq_broker
# has no write-only password, so that it would stand in Terraform's state.
resource "aws_cloudformation_stack" "this" {
  name = "${var.name}-broker"

  template_body = jsonencode({
    Resources = {
      Broker = {
        Type           = "AWS::AmazonMQ::Broker"
        DeletionPolicy = var.deletion_protection ? "Retain" : "Delete"
        # CloudFormation changes the policy only together with something else.
        Metadata = { DeletionProtection = tostring(var.deletion_protection) }
        Properties = {
          BrokerName              = var.name
          EngineType              = "RABBITMQ"
          EngineVersion           = var.rabbitmq_version
          HostInstanceType        = var.instance_type
          DeploymentMode          = var.cluster ? "CLUSTER_MULTI_AZ" : "SINGLE_INSTANCE"
          PubliclyAccessible      = false
          AutoMinorVersionUpgrade = true
          SubnetIds               = var.cluster ? var.subnet_ids : slice(var.subnet_ids, 0, 1)
          SecurityGroups          = [aws_security_group.this.id]
          Logs                    = { General = true }
          Users = [{
            Username = "socialhub"
            Password = "{{resolve:secretsmanager:${var.secret_id}:SecretString:password}}"
          }]
        }
      }
    }
    Outputs = { Id = { Value = { Ref = "Broker" } } }
  })
}

data "aws_mq_broker" "this" {
  broker_id = aws_cloudformation_stack.this.outputs["Id"]
}

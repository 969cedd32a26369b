output "host" {
  description = "The host that clients connect to, for all nodes."
  value       = split(":", trimprefix(data.aws_mq_broker.this.instances[0].endpoints[0], "amqps://"))[0]
}

output "broker_name" {
  description = "Its name, for alarms."
  value       = data.aws_mq_broker.this.broker_name
}

output "security_group_id" {
  description = "The group of its nodes."
  value       = aws_security_group.this.id
}

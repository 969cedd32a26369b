output "url" {
  description = "Where the gateway is reached."
  value       = "https://${var.domain}"

  depends_on = [aws_lb_listener.https]
}

output "security_group_id" {
  description = "The balancer's group."
  value       = aws_security_group.this.id
}

output "load_balancer" {
  description = "What the gateway's service needs of it; known once it listens."
  value       = { target_group_arn = aws_lb_target_group.gateway.arn, metric_name = aws_lb.this.arn_suffix }

  depends_on = [aws_lb_listener.https]
}

output "target_group_metric_name" {
  description = "The gateway's group of targets as metrics name it."
  value       = aws_lb_target_group.gateway.arn_suffix
}

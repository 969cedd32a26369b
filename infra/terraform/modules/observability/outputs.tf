output "log_groups" {
  description = "The log of each process."
  value       = { for name, group in aws_cloudwatch_log_group.process : name => { name = group.name, arn = group.arn } }
}

output "alarm_topic_arn" {
  description = "Where alarms go; other receivers may subscribe."
  value       = aws_sns_topic.alarms.arn
}

output "dashboard" {
  description = "The dashboard's name."
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}

locals {
  # A widget is a title and its metrics, in rows of two.
  widgets = [
    { title = "Requests and failures", stat = "Sum", metrics = [
      ["AWS/ApplicationELB", "RequestCount", "LoadBalancer", var.load_balancer_name],
      ["AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", "LoadBalancer", var.load_balancer_name],
      ["AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", "LoadBalancer", var.load_balancer_name],
    ] },
    { title = "Time to answer, p99", stat = "p99", metrics = [
      ["AWS/ApplicationELB", "TargetResponseTime", "LoadBalancer", var.load_balancer_name],
    ] },
    { title = "Open connections, both sides of the balancer", stat = "Sum", metrics = [
      ["AWS/ApplicationELB", "ActiveConnectionCount", "LoadBalancer", var.load_balancer_name],
    ] },
    { title = "CPU of the processes", stat = "Average", metrics = [
      for process in sort(keys(var.watched)) : ["AWS/ECS", "CPUUtilization", "ClusterName", var.cluster_name, "ServiceName", process]
    ] },
    { title = "Memory of the processes", stat = "Average", metrics = [
      for process in sort(keys(var.watched)) : ["AWS/ECS", "MemoryUtilization", "ClusterName", var.cluster_name, "ServiceName", process]
    ] },
    { title = "CPU of the databases", stat = "Average", metrics = [
      for identifier in values(var.database_identifiers) : ["AWS/RDS", "CPUUtilization", "DBInstanceIdentifier", identifier]
    ] },
    { title = "Connections to the databases", stat = "Maximum", metrics = [
      for identifier in values(var.database_identifiers) : ["AWS/RDS", "DatabaseConnections", "DBInstanceIdentifier", identifier]
    ] },
    { title = "Events that wait", stat = "Maximum", metrics = [
      ["AWS/AmazonMQ", "MessageReadyCount", "Broker", var.broker_name],
    ] },
  ]
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name

  dashboard_body = jsonencode({
    widgets = [
      for index, widget in local.widgets : {
        type = "metric", width = 12, height = 6, x = (index % 2) * 12, y = floor(index / 2) * 6
        properties = {
          title   = widget.title
          stat    = widget.stat
          metrics = widget.metrics
          period  = 60
          region  = data.aws_region.here.region
          view    = "timeSeries"
        }
      }
    ]
  })
}

locals {
  # One metric each; what is one alarm for every instance of RDS is multiplied below.
  simple = {
    slow = {
      namespace  = "AWS/ApplicationELB", metric = "TargetResponseTime", statistic = "p99"
      above      = true, threshold = var.slo.p99_seconds, minutes = 5
      dimensions = { LoadBalancer = var.load_balancer_name }
      says       = "99 of 100 requests take longer than promised"
    }
    unhealthy = {
      namespace  = "AWS/ApplicationELB", metric = "UnHealthyHostCount", statistic = "Maximum"
      above      = true, threshold = 0, minutes = 5
      dimensions = { LoadBalancer = var.load_balancer_name, TargetGroup = var.target_group_name }
      says       = "A gateway does not answer the load balancer"
    }
    queues = {
      namespace  = "AWS/AmazonMQ", metric = "MessageReadyCount", statistic = "Maximum"
      above      = true, threshold = 10000, minutes = 15
      dimensions = { Broker = var.broker_name }
      says       = "Events wait in the broker: a service does not take them"
    }
  }
  of_databases = merge([
    for name, identifier in var.database_identifiers : {
      "${name}-cpu" = {
        namespace  = "AWS/RDS", metric = "CPUUtilization", statistic = "Average"
        above      = true, threshold = 80, minutes = 15
        dimensions = { DBInstanceIdentifier = identifier }
        says       = "The database is at its limit of CPU"
      }
      "${name}-storage" = {
        namespace  = "AWS/RDS", metric = "FreeStorageSpace", statistic = "Minimum"
        above      = false, threshold = 5368709120, minutes = 5
        dimensions = { DBInstanceIdentifier = identifier }
        says       = "The database has less than 5 GB left"
      }
    }
  ]...)
  of_processes = {
    for process, tasks in var.watched : "${process}-tasks" => {
      namespace  = "ECS/ContainerInsights", metric = "RunningTaskCount", statistic = "Minimum"
      above      = false, threshold = tasks, minutes = 5
      dimensions = { ClusterName = var.cluster_name, ServiceName = process }
      says       = "Fewer tasks of ${process} run than should"
    }
  }
  alarms = merge(local.simple, local.of_databases, local.of_processes)
}

resource "aws_cloudwatch_metric_alarm" "simple" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.says
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  statistic           = startswith(each.value.statistic, "p") ? null : each.value.statistic
  extended_statistic  = startswith(each.value.statistic, "p") ? each.value.statistic : null
  comparison_operator = each.value.above ? "GreaterThanThreshold" : "LessThanThreshold"
  threshold           = each.value.threshold
  period              = 60
  evaluation_periods  = each.value.minutes
  datapoints_to_alarm = each.value.minutes
  dimensions          = each.value.dimensions
  treat_missing_data  = each.value.above ? "notBreaching" : "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "${var.name}-errors"
  alarm_description   = "More requests fail than promised"
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.slo.error_percent
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  metric_query {
    id          = "percent"
    expression  = "100 * (FILL(target, 0) + FILL(balancer, 0)) / requests"
    label       = "Failed requests in percent"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { target = "HTTPCode_Target_5XX_Count", balancer = "HTTPCode_ELB_5XX_Count", requests = "RequestCount" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = metric_query.value
        period      = 60
        stat        = "Sum"
        dimensions  = { LoadBalancer = var.load_balancer_name }
      }
    }
  }
}

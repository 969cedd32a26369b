output "web_url" {
  description = "Where the web is."
  value       = module.system.web_url
}

output "gateway_url" {
  description = "Where the gateway is."
  value       = module.system.gateway_url
}

output "prepare" {
  description = "The command that makes databases and roles and migrates."
  value       = module.system.prepare
}

output "admin" {
  description = "The command that makes USERNAME an admin."
  value       = module.system.admin
}

output "dashboard" {
  description = "The dashboard in CloudWatch."
  value       = module.system.dashboard
}

output "supergraph_bucket" {
  description = "Where gateways take the supergraph from."
  value       = module.system.supergraph_bucket
}

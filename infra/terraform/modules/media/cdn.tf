# What is published is read by CloudFront, and CloudFront alone reads it from the bucket. It answers URLs that the media
# service has signed, each for one file and until a moment.
resource "aws_cloudfront_origin_access_control" "this" {
  name                              = "${var.name}-media"
  description                       = "Signs what CloudFront asks the bucket"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_public_key" "this" {
  for_each = { for key in var.cdn_public_keys : sha256(key) => key }

  name_prefix = "${var.name}-"
  comment     = "Of the media service"
  encoded_key = each.value

  # A key that is dropped goes after the group has left it out.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudfront_key_group" "this" {
  name    = "${var.name}-media"
  comment = "Whose signatures are good"
  items   = [for key in aws_cloudfront_public_key.this : key.id]
}

# Five minutes, whatever the storage says: so long a file that was deleted may still be answered.
resource "aws_cloudfront_cache_policy" "this" {
  name        = "${var.name}-media"
  comment     = "By the path alone"
  min_ttl     = 300
  default_ttl = 300
  max_ttl     = 300

  parameters_in_cache_key_and_forwarded_to_origin {
    cookies_config {
      cookie_behavior = "none"
    }

    headers_config {
      header_behavior = "none"
    }

    query_strings_config {
      query_string_behavior = "none"
    }
  }
}

resource "aws_cloudfront_response_headers_policy" "this" {
  name    = "${var.name}-media"
  comment = "Files of people are never taken for pages"

  security_headers_config {
    content_type_options {
      override = true
    }

    content_security_policy {
      content_security_policy = "default-src 'none'; sandbox"
      override                = true
    }

    strict_transport_security {
      access_control_max_age_sec = 31536000
      override                   = true
    }
  }
}

resource "aws_cloudfront_distribution" "this" {
  enabled         = true
  comment         = "${var.name}, files of people"
  http_version    = "http2and3"
  is_ipv6_enabled = true
  price_class     = var.cdn_price_class

  origin {
    origin_id                = "media"
    domain_name              = aws_s3_bucket.this.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.this.id
  }

  default_cache_behavior {
    target_origin_id           = "media"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    viewer_protocol_policy     = "https-only"
    trusted_key_groups         = [aws_cloudfront_key_group.this.id]
    cache_policy_id            = aws_cloudfront_cache_policy.this.id
    response_headers_policy_id = aws_cloudfront_response_headers_policy.this.id
    compress                   = false
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

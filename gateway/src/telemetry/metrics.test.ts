import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';

test('clients cannot make as many series as they like', async () => {
  const metrics = createMetrics();
  for (let i = 0; i < 1000; i++) {
    metrics.operation('query', `Name${i}`, 'http', 0.01, ['NOT_FOUND']);
    metrics.request(`METHOD${i}`, 405, 0.01);
  }
  const text = await metrics.register.metrics();
  expect(text.match(/gateway_operation_seconds_count/g)).toHaveLength(201);
  expect(text).toContain(
    'gateway_operation_seconds_count{type="query",operation="other",transport="http"} 800',
  );
  expect(text.match(/gateway_operation_errors_total\{/g)).toHaveLength(201);
  expect(text).toContain('gateway_http_request_seconds_count{method="other",status="405"} 1000');
});

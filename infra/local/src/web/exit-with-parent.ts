// Loaded before the web's server: a parent that was killed cannot stop it, so it watches the line between.
if (process.channel) {
  process.on('disconnect', () => process.exit(0));
  process.channel.unref();
}

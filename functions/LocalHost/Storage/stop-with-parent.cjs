// Loaded into Azurite's process before Azurite. The local host holds the other end of stdin: when it ends, however it
// ends (also by SIGKILL), stdin closes, and Azurite saves its tables and stops.
process.stdin.resume();
// Azurite may also end by itself: waiting for its parent must not keep it.
process.stdin.unref();
process.stdin.on("end", () => {
  process.kill(process.pid, "SIGTERM");
  // Azurite saves within milliseconds; a connection that somebody holds open must not keep it.
  setTimeout(() => process.exit(0), 3000).unref();
});

// Ctrl-C reaches every process of the terminal, but requests that still drain need storage to the end.
const on = process.once;
process.once = (event, listener) => (event === "SIGINT" ? process : on.call(process, event, listener));
process.on("SIGINT", () => {});

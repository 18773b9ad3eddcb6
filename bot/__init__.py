"""The process: settings, wiring, jobs, courier, logs, demo and command line."""

"""What Dustpan costs: requests, start, answering times. `python -m bench` prints it."""

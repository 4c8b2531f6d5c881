"""Laws and schedules of the carriers in the demonstration; the scene is played in `demo.travellers`."""

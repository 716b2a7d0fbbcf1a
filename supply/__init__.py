"""What a server is built on: known holes, licences, and a bill of materials of its packages."""

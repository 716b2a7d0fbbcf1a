"""The packages of a server: known vulnerabilities, licences, and a bill of materials."""

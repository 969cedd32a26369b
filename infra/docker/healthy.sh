#!/bin/bash
# A container's health check: exits 0 when http://127.0.0.1:<port><path> answers well within two seconds. Bash alone: a Node takes
# more of a processor to start than a service at rest does in half a minute.
exec 3<> "/dev/tcp/127.0.0.1/$1" || exit 1
printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&3
read -r -t 2 _ status _ <&3
[[ $status == 2?? ]]

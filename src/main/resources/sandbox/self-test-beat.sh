# Two children that a simple kill misses, one in a session of its own and one whose parent is gone, both alive in a file.
beat='trap "" TERM HUP INT; while :; do echo "$1" >>beats; sleep 0.002; done'
setsid bash -c "$beat" beat session &
(bash -c "$beat" beat orphan &) &
wait

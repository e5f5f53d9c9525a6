# Steps of .ci/run, sourced by it and by its test. Every outcome is a line "pass NAME", "fail NAME" or
# "skip NAME: why" in $RESULTS, into which the steps may write lines of their own (COUNTERSIGN_CI_RESULTS).

# Heavy peers begin in the first 50 minutes only, and end in the 85th: the whole must stay under 90.
LAST_START=3000
HARD_STOP=5100
# Seconds in which a step that is ended may stop what it started.
GRACE=10
TIMES=()
# The heavy step that is running.
RUNNING=

# step NAME COMMAND…: part of the core, which always runs to its end.
step() {
  local name=$1 started=$SECONDS
  shift
  announce "$name" "$@"
  if "$@" </dev/null; then
    note pass "$name" "$started"
  else
    note fail "$name" "$started"
  fi
}

# heavy NAME COMMAND…: begun only while there is time, and ended with all that it started when there is none left.
heavy() {
  local name=$1 started=$SECONDS status=0
  shift
  # `timeout 0` would set no limit at all.
  if ((started >= LAST_START || started >= HARD_STOP)); then
    echo
    skip_for_time "$name" "$started"
    return
  fi
  announce "$name" "$@"
  # timeout puts itself and the command into a process group of its own and signals the whole of it.
  timeout --kill-after="$GRACE" "$((HARD_STOP - started))" "$@" </dev/null &
  RUNNING=$!
  wait "$RUNNING" || status=$?
  # 124: ended by timeout. 137: killed by it, since it went on. Before the hard stop both are the step's own.
  if ((status == 0)); then
    note pass "$name" "$started"
  elif (((status == 124 || status == 137) && SECONDS >= HARD_STOP)); then
    end_group "$RUNNING"
    skip_for_time "$name" "$started"
  else
    note fail "$name" "$started"
  fi
  RUNNING=
}

announce() {
  local name=$1
  shift
  echo
  echo "=== $name: $*"
}

note() {
  local outcome=$1 name=$2 seconds=$((SECONDS - $3))
  echo "$outcome $name" >>"$RESULTS"
  TIMES+=("$(printf '%5d s  %s  %s' "$seconds" "$outcome" "$name")")
  case $outcome in
    pass) echo "=== $name passed in $seconds s" ;;
    fail) echo "=== $name FAILED after $seconds s" ;;
  esac
}

skip_for_time() {
  local name=$1 seconds=$((SECONDS - $2))
  echo "skip $name: not enough time ($SECONDS s passed)" >>"$RESULTS"
  TIMES+=("$(printf '%5d s  skip  %s' "$seconds" "$name")")
  echo "=== $name skipped: not enough time ($SECONDS s passed)"
}

# end_group ID: kills what is left of a process group once its grace is over.
end_group() {
  local left=$GRACE
  while ((left-- > 0)) && kill -0 -- "-$1" 2>/dev/null; do sleep 1; done
  kill -KILL -- "-$1" 2>/dev/null
}

# Ends the heavy step that is running; for a run that is interrupted.
stop_running() {
  [ -z "$RUNNING" ] || kill -TERM "$RUNNING" 2>/dev/null
}

# finish: every outcome, the times, and one last line with the counts. False if anything failed.
finish() {
  local failed
  echo
  echo "=== all outcomes"
  sed 's/^/  /' "$RESULTS"
  echo
  echo "=== times"
  printf '  %s\n' "${TIMES[@]}"
  printf '  %5d s  in all\n' "$SECONDS"
  failed=$(count fail)
  echo
  echo "$(count pass) passed, $failed failed, $(count skip) skipped"
  [ "$failed" -eq 0 ]
}

count() {
  grep -c "^$1 " "$RESULTS"
}

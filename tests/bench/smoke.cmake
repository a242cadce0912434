# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the benchmark's program (-D BENCH=…) without looking at times: every line that it prints is a
# JSON object with a name, and the names told are names listed.
cmake_minimum_required(VERSION 3.25)

function(run out)
  execute_process(COMMAND ${BENCH} ${ARGN} OUTPUT_VARIABLE text RESULT_VARIABLE code
                  OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "${BENCH} ${ARGN} ended with ${code}")
  endif()
  string(REPLACE "\n" ";" lines "${text}")
  set(names "")
  foreach(line ${lines})
    string(JSON name GET "${line}" name)
    list(APPEND names ${name})
  endforeach()
  set(${out} "${names}" PARENT_SCOPE)
endfunction()

run(listed --list)
run(told --quick --only store_open_ms)
if(NOT "store_open_ms" IN_LIST listed OR NOT told STREQUAL "store_open_ms")
  message(FATAL_ERROR "listed: ${listed}; told: ${told}")
endif()

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
foreach(name ingest_400hz ingest_1hz_small_files parse_only insert_only live_latency_ms rescan_100k_files
        chart_query_ms store_open_ms export_csv_rows_per_second peak_rss_mib chart_frame_static_ms
        chart_frame_moving_ms chart_zoom_frames_per_second chart_live_cpu window_start_ms gui_longest_block_ms
        chart_memory_growth_mib)
  if(NOT listed MATCHES "(^|;)${name}(;|$|_)")
    message(FATAL_ERROR "--list does not know ${name}: ${listed}")
  endif()
endforeach()
run(told --quick --only store_open_ms chart_zoom_frames_per_second)
if(NOT told STREQUAL "store_open_ms;chart_zoom_frames_per_second")
  message(FATAL_ERROR "listed: ${listed}; told: ${told}")
endif()

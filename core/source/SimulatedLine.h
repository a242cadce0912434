// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Time.h"
#include "core/source/Random.h"
#include "core/source/SimulatedSensor.h"

#include <cstdint>
#include <string>

namespace meteorograph {

/// The parts of a device's lines that never change. Made once a device.
class SimulatedLine {
public:
  /// `number` counts from 1; `width` is how many digits its name gets, so that names sort.
  SimulatedLine(int number, int width);

  /// Appends one JSON object and a newline: Azure Stream Analytics' output for an IoT Hub message.
  void append(std::string &out, std::int64_t message_id, const SimulatedValues &values, TimeUs event_us,
              TimeUs processed_us, int processed_tenth) const;

private:
  std::string m_device;    ///< `,"deviceId":"…","temperature":`
  std::string m_partition; ///< `,"PartitionId":n,"EventEnqueuedUtcTime":"`
  std::string m_hub;       ///< `","IoTHub":{…,"EnqueuedTime":"`
};

/// Damages the line that starts at `start` of `out` as transmissions do: cut off, its beginning
/// lost, a quote or a value lost, a comma too many, a number garbled, or noise. What remains is a
/// single line (its newline stays the only one) that is no JSON text and holds no complete JSON
/// object in front of its error, so that a reader counts it as exactly one bad record.
void spoilLine(std::string &out, std::size_t start, Random &random);

} // namespace meteorograph

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/avro/AvroDecoder.h"
#include "core/source/readers/TextReader.h"

namespace meteorograph {

/// An Avro object container (IoT Hub routing, Event Hubs Capture) as one JSON object a line. One that
/// is cut gives its whole blocks and waits; one without data is just empty.
class AvroReader final : public TextReader {
public:
  explicit AvroReader(std::unique_ptr<ByteReader> input) : TextReader(std::move(input)) {}

private:
  Result<void> produce(std::string &text) override;
  void begin() override { m_decoder.emplace(); }

  std::optional<AvroDecoder> m_decoder{std::in_place};
};

} // namespace meteorograph

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Avro's binary encoding, for containers of tests.
std::string avroLong(std::int64_t value);
std::string avroSized(std::string_view bytes); ///< a string, or bytes
std::string avroDouble(double value);
std::string avroFloat(float value);

/// Puts an object container together, block by block.
class AvroWriter {
public:
  /// `codec`: null, deflate, snappy, zstandard, or one that nobody knows (then nothing is packed).
  explicit AvroWriter(const std::string &schema, std::string codec = "null");
  void block(const std::vector<std::string> &data);
  /// A block that says of itself what it likes.
  void rawBlock(std::int64_t count, std::string_view bytes);
  const std::string &container() const { return m_container; }

private:
  std::string pack(std::string_view bytes) const;
  std::string m_codec;
  std::string m_container;
};

/// A container as Event Hubs Capture writes it, with so many bodies in a block: of the device "capture
/// 7", enqueued at 2023-11-14T22:13:20Z.
std::string avroCapture(const std::vector<std::string> &bodies, const std::string &codec = "null",
                        std::size_t per_block = 10);

/// A container as IoT Hub's routing to storage writes it, of the device "routed 7", at the same time.
std::string avroRouted(const std::vector<std::string> &bodies);

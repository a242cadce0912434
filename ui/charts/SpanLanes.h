// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace meteorograph::ui {

// Four adjacent pixel columns side by side, one instruction for all of them. These are the compiler's
// own vector types (GCC and Clang), so that they hold for every processor; operators work by lane.

inline constexpr int kLanes = 4;

using Floats [[gnu::vector_size(16)]] = float;
using Ints [[gnu::vector_size(16)]] = std::int32_t;
using Pixels [[gnu::vector_size(16)]] = std::uint32_t;
using Channels [[gnu::vector_size(16)]] = std::uint16_t;

inline Floats floats(float value) { return Floats{value, value, value, value}; }
inline Floats lesser(Floats a, Floats b) { return a < b ? a : b; }
inline Floats greater(Floats a, Floats b) { return a > b ? a : b; }
inline Floats between(Floats value, float low, float high) {
  return greater(lesser(value, floats(high)), floats(low));
}
/// The value where it holds, 0 elsewhere.
inline Floats where(Ints condition, float value) { return condition ? floats(value) : Floats{}; }
inline Floats distance(Floats a, float b) { return greater(a - b, b - a); }
/// Towards zero.
inline Ints whole(Floats value) { return __builtin_convertvector(value, Ints); }
inline Floats floats(Ints value) { return __builtin_convertvector(value, Floats); }

inline Floats root(Floats value) {
  Floats result;
  for (int lane = 0; lane < kLanes; ++lane)
    result[lane] = std::sqrt(value[lane]);
  return result;
}

inline float least(Floats value) {
  const Floats pairs = lesser(value, __builtin_shufflevector(value, value, 2, 3, 0, 1));
  return lesser(pairs, __builtin_shufflevector(pairs, pairs, 1, 0, 3, 2))[0];
}
inline float most(Floats value) { return -least(-value); }

inline Floats load(const float *from) {
  Floats result;
  std::memcpy(&result, from, sizeof result);
  return result;
}
inline void store(float *to, Floats value) { std::memcpy(to, &value, sizeof value); }
/// Every other one of eight.
inline Floats loadEverySecond(const float *from) { return Floats{from[0], from[2], from[4], from[6]}; }

#if defined(__x86_64__)
[[gnu::target("avx")]] inline void clearWideRegisters() { __builtin_ia32_vzeroupper(); }
/// Qt's painting leaves values in the upper halves of the processor's wide registers, and while they
/// are there, instructions for four lanes take three times as long. To be called before many of them.
inline void readyForLanes() {
  if (__builtin_cpu_supports("avx"))
    clearWideRegisters();
}
#else
inline void readyForLanes() {}
#endif

#if defined(__x86_64__)
template <class Work> [[gnu::flatten, gnu::target("avx2")]] void withAvx2(const Work &work) { work(); }
/// Does the work, which must be made of inline functions, by the widest instructions that the processor
/// has. It comes to the same result with all of them.
template <class Work> void withWidestLanes(const Work &work) {
  if (__builtin_cpu_supports("avx2"))
    withAvx2(work);
  else
    work();
}
#else
template <class Work> void withWidestLanes(const Work &work) { work(); }
#endif

/// `share` of 256 of the pixel over the target, in all four channels.
inline Pixels blend(Pixels target, Pixels pixel, Ints share) {
  const auto twice = std::bit_cast<Pixels>(share);
  const auto on = std::bit_cast<Channels>(twice | (twice << 16));
  const Channels off = 256 - on;
  const auto mix = [&](Pixels below, Pixels above) {
    return std::bit_cast<Channels>(below & 0x00ff00ffU) * off +
           std::bit_cast<Channels>(above & 0x00ff00ffU) * on;
  };
  const auto redBlue = std::bit_cast<Pixels>(mix(target, pixel) >> 8);
  const auto alphaGreen = std::bit_cast<Pixels>(mix(target >> 8, pixel >> 8));
  return redBlue | (alphaGreen & 0xff00ff00U);
}

} // namespace meteorograph::ui

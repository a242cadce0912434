// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

#include <algorithm>
#include <array>
#include <cmath>

/// How colours look to eyes, as numbers. Three published formulas:
/// - what dichromats see: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based
///   Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009, the matrices of
///   severity 1, on linear sRGB;
/// - how different two colours are: CIEDE2000, as written out by G. Sharma, W. Wu, E. N. Dalal, "The
///   CIEDE2000 Color-Difference Formula", Color Research and Application 30(1), 2005;
/// - how well text stands out: the contrast ratio of WCAG 2.1.
namespace colourvision {

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

struct Vision {
  const char *name;
  Matrix matrix;
};

inline constexpr Vision kVisions[] = {
    {"trichromat", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
    {"protanope",
     {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}}},
    {"deuteranope",
     {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}}},
    {"tritanope",
     {{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}}}};

inline Triple times(const Matrix &matrix, const Triple &vector) {
  Triple product{};
  for (std::size_t row = 0; row < 3; ++row)
    for (std::size_t i = 0; i < 3; ++i)
      product[row] += matrix[row][i] * vector[i];
  return product;
}

inline Triple linear(const QColor &colour) {
  const auto decoded = [](int channel) {
    const double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return {decoded(colour.red()), decoded(colour.green()), decoded(colour.blue())};
}

inline Triple seenBy(const Vision &vision, const QColor &colour) {
  Triple seen = times(vision.matrix, linear(colour));
  for (double &channel : seen)
    channel = std::clamp(channel, 0.0, 1.0);
  return seen;
}

/// Linear sRGB to L*a*b* under D65.
inline Triple labOf(const Triple &rgb) {
  static constexpr Matrix kToXyz = {{{0.4124564, 0.3575761, 0.1804375},
                                     {0.2126729, 0.7151522, 0.0721750},
                                     {0.0193339, 0.1191920, 0.9503041}}};
  static constexpr Triple kWhite = {0.95047, 1, 1.08883};
  Triple f = times(kToXyz, rgb);
  for (std::size_t i = 0; i < 3; ++i) {
    const double t = f[i] / kWhite[i];
    f[i] = t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116;
  }
  return {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
}

inline double radians(double degrees) { return degrees / 180 * M_PI; }

inline double hueOf(double a, double b) {
  const double degrees = a == 0 && b == 0 ? 0 : std::atan2(b, a) / M_PI * 180;
  return degrees < 0 ? degrees + 360 : degrees;
}

inline double chromaShare(double chroma) {
  const double seventh = std::pow(chroma, 7);
  return std::sqrt(seventh / (seventh + std::pow(25.0, 7)));
}

/// CIEDE2000; a step of 1 can just be seen side by side.
inline double difference(const Triple &one, const Triple &other) {
  const double meanChroma = (std::hypot(one[1], one[2]) + std::hypot(other[1], other[2])) / 2;
  const double stretch = 1 + (1 - chromaShare(meanChroma)) / 2;
  const double chroma1 = std::hypot(one[1] * stretch, one[2]);
  const double chroma2 = std::hypot(other[1] * stretch, other[2]);
  const double hue1 = hueOf(one[1] * stretch, one[2]);
  const double hue2 = hueOf(other[1] * stretch, other[2]);
  const bool grey = chroma1 * chroma2 == 0;
  double hueStep = grey ? 0 : hue2 - hue1;
  hueStep += hueStep > 180 ? -360 : hueStep < -180 ? 360 : 0;
  double hue = grey ? hue1 + hue2 : (hue1 + hue2) / 2;
  if (!grey && std::abs(hue1 - hue2) > 180)
    hue += hue1 + hue2 < 360 ? 180 : -180;
  const double lightness = (one[0] + other[0]) / 2;
  const double chroma = (chroma1 + chroma2) / 2;
  const double t = 1 - 0.17 * std::cos(radians(hue - 30)) + 0.24 * std::cos(radians(2 * hue)) +
                   0.32 * std::cos(radians(3 * hue + 6)) - 0.2 * std::cos(radians(4 * hue - 63));
  const double fromMiddle = (lightness - 50) * (lightness - 50);
  const double l = (other[0] - one[0]) / (1 + 0.015 * fromMiddle / std::sqrt(20 + fromMiddle));
  const double c = (chroma2 - chroma1) / (1 + 0.045 * chroma);
  const double h =
      2 * std::sqrt(chroma1 * chroma2) * std::sin(radians(hueStep / 2)) / (1 + 0.015 * chroma * t);
  const double turn = 30 * std::exp(-std::pow((hue - 275) / 25, 2));
  const double rotation = -std::sin(radians(2 * turn)) * 2 * chromaShare(chroma);
  return std::sqrt(l * l + c * c + h * h + rotation * c * h);
}

inline double difference(const QColor &one, const QColor &other, const Vision &vision) {
  return difference(labOf(seenBy(vision, one)), labOf(seenBy(vision, other)));
}

/// 1 (none) to 21 (black on white).
inline double contrast(const QColor &one, const QColor &other) {
  const auto luminance = [](const QColor &colour) {
    const Triple rgb = linear(colour);
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
  };
  const double a = luminance(one);
  const double b = luminance(other);
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace colourvision

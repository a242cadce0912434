// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <memory>

/// Puts a test class into its layer's executable. Write METEOROGRAPH_TEST(tst_Time) in tst_Time.cpp
/// and name the class tst_Time; the executable runs it alone when its name is the first argument.
struct TestRegistrar {
  TestRegistrar(const char *name, std::function<std::unique_ptr<QObject>()> make);
};

#define METEOROGRAPH_TEST(Class)                                                                             \
  static const TestRegistrar registrar_##Class(#Class, [] { return std::make_unique<Class>(); });

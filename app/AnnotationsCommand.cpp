// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandSupport.h"
#include "core/sink/TextOutput.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {

/// The name of the quantity that an annotation is about; empty: of all.
std::string nameOf(const std::vector<Quantity> &quantities, QuantityId id) {
  for (const Quantity &quantity : quantities)
    if (quantity.id == id)
      return quantity.name;
  return {};
}

std::string asJson(const Annotation &annotation, const std::string &quantity) {
  nlohmann::ordered_json line = {{"from", formatIsoTime(annotation.from_us)}};
  line["to"] = annotation.to_us == kNoTime ? nlohmann::ordered_json(nullptr)
                                           : nlohmann::ordered_json(formatIsoTime(annotation.to_us));
  line["device"] = annotation.device;
  line["quantity"] = quantity;
  line["text"] = annotation.text;
  return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

std::string asText(const Annotation &annotation, const std::string &quantity) {
  std::string line = formatIsoTime(annotation.from_us);
  if (annotation.to_us != kNoTime)
    line += " – " + formatIsoTime(annotation.to_us);
  for (const std::string &subject : {annotation.device, quantity})
    if (!subject.empty())
      line += " · " + printable(subject);
  return line + "\n    " + printable(annotation.text) + '\n';
}

Result<ExitCode> listAnnotations(const CommandLineState &state, bool json) {
  const Result<std::unique_ptr<StoreReader>> reader = openStore(state);
  if (!reader)
    return tl::unexpected(reader.error());
  const Result<Overview> overview = (*reader)->overview();
  if (!overview)
    return tl::unexpected(overview.error());
  TextOutput output = TextOutput::toStandardOutput();
  for (const Annotation &annotation : overview->annotations) {
    const std::string quantity = nameOf(overview->quantities, annotation.quantity);
    output.append(json ? asJson(annotation, quantity) : asText(annotation, quantity));
  }
  return output.finish().map([] { return ExitCode::Done; });
}

} // namespace

void addAnnotationsCommand(CLI::App &app, CommandLineState &state) {
  const auto json = std::make_shared<bool>(false);
  CLI::App &command = *app.add_subcommand("annotations", "List what people wrote at times, oldest first");
  addStoreOption(command, state);
  command.add_flag("--json", *json, "One JSON object a line");
  command.callback(
      [&state, json] { state.chosen = [&state, json] { return listAnnotations(state, *json); }; });
}

} // namespace meteorograph

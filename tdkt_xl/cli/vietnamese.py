"""The command line in Vietnamese: help pages and the sentences of wrong usage."""

import re

import click

LINE_LENGTH = 90
_FROM = re.compile(r"\[x>=(\d+)\]")
_FROM_TO = re.compile(r"\[(\d+)<=x<=(\d+)\]")


def _in_vietnamese(text: str) -> str:
    """The help of an option, with click's own remarks translated."""
    words = text.replace("[required]", "[bắt buộc]").replace("[default: ", "[mặc định: ")
    return _FROM.sub(r"[từ \1]", _FROM_TO.sub(r"[từ \1 đến \2]", words))


class VietnameseCommand(click.Command):
    """A command whose help page speaks Vietnamese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), "Cách dùng: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under a Vietnamese heading."""
        records = [record for item in self.get_params(ctx) if (record := item.get_help_record(ctx))]
        if records:
            with formatter.section("Tuỳ chọn"):
                formatter.write_dl([(name, _in_vietnamese(text)) for name, text in records if text])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return --help, described in Vietnamese."""
        option = super().get_help_option(ctx)
        if option:
            option.help = "Xem hướng dẫn này."
        return option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the pieces of the usage line."""
        return [piece.replace("[OPTIONS]", "[TUỲ CHỌN]") for piece in super().collect_usage_pieces(ctx)]


class VietnameseGroup(VietnameseCommand, click.Group):
    """A group of commands whose help page speaks Vietnamese."""

    command_class = VietnameseCommand

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and the commands."""
        VietnameseCommand.format_options(self, ctx, formatter)
        with formatter.section("Lệnh"):
            formatter.write_dl(self.lines(ctx))

    def lines(self, ctx: click.Context) -> list[tuple[str, str]]:
        """The names of the commands, each with the first sentence of its help."""
        return [
            (name, command.get_short_help_str(LINE_LENGTH))
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name))
        ]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the pieces of the usage line."""
        return ["[TUỲ CHỌN]", "LỆNH …"]


def usage_sentence(error: click.ClickException) -> str:
    """Say in Vietnamese what is wrong with the way a command was typed."""
    if isinstance(error, click.MissingParameter) and error.param is not None:
        name = (
            error.param.opts[0]
            if error.param.param_type_name == "option"
            else error.param.human_readable_name
        )
        return f"Thiếu “{name}”."
    if isinstance(error, click.NoSuchOption):
        return f"Không có tuỳ chọn “{error.option_name}”."
    if isinstance(error, click.BadOptionUsage):
        return f"Tuỳ chọn “{error.option_name}” thiếu giá trị hoặc thừa giá trị."
    if isinstance(error, click.BadParameter) and error.param is not None:
        return f"Giá trị của “{error.param.human_readable_name}” không hợp lệ."
    if isinstance(error, click.UsageError) and error.message.startswith("No such command"):
        return "Không có lệnh này."
    return "Lệnh gõ chưa đúng."

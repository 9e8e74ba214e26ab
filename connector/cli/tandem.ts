import { Command } from "commander";

const program = new Command("tandem").description("Attendance terminals beside the HR app you already use.");
program.version("0.1.0");
await program.parseAsync(process.argv);
